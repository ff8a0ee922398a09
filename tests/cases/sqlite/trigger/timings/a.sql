create table t (id integer primary key, a text, b text);
create table log (line text);
create view v as select id, a from t;
