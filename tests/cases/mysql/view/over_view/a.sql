create table t (id int primary key, a int, b varchar(20)); create view v as select id from t; create view w as select id from v;
