create table t (a int, b int); create view v as select * from t; create view w as select v.*, 1 as one from v; create view x as select w.* from w;
