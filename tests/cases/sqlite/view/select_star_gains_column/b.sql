create table t (id integer primary key, a text, b text default 'b');
create view v as select * from t;
