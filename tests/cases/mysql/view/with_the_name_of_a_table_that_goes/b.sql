create table t1(a int); create view v as with t as (select a from t1) select * from t;
