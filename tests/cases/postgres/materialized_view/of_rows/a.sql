create table t(id int primary key, v int);
create materialized view m as select t, t.id from t;
create index mi on m(id);
