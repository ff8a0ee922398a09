create table t (a int);
create view v (x) as select a from t;
