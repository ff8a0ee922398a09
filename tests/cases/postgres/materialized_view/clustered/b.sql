create table t (a int, b int); create materialized view m as select a, b from t; create index m_a on m (a); create index m_b on m (b); alter materialized view m cluster on m_b;
create materialized view n as select a, b from t; create index n_a on n (a desc); alter materialized view n cluster on n_a;
create materialized view o as select a from t; create index o_a on o (a); alter materialized view o cluster on o_a;
