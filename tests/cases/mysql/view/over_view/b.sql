create table t (id int primary key, a int, b varchar(20), c int); create view v as select id, c from t; create view w as select id, c from v;
