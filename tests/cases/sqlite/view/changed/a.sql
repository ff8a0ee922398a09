create table t (id integer primary key, a text, b text);
create view v as select id, a from t;
create view above as select * from v;
