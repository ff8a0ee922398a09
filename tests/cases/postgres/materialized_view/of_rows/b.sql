create table t(id int primary key, v bigint);
create materialized view m as select t, t.id from t;
create index mi on m(id);
