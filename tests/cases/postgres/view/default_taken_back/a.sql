create table t(id int, k int); create view v as select * from t; alter view v alter column k set default 5; create view v2 as select id,k from v;
