create table t (id integer primary key, a text);
create view v as select * from t;
