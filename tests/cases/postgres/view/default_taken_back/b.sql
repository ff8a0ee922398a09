create table t(id int, k int); create view v as select * from t; create view v2 as select id,k from v;
