create table t (id int primary key, a int, b text);create materialized view m as select a from t; create index m_a on m (a); comment on materialized view m is 'kept';
