create table t (id int primary key, a text); create index i on t (a); create view v as select a as x from t;
