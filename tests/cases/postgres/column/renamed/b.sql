create table t (id int primary key, b text); create index i on t (b); create view v as select b as x from t;
