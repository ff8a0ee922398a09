create table t (a int, b int); create view v as select b, a from t; create table u (x v);
