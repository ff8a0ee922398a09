create table t (id integer primary key, a text, b text);
create view v as select id, a, b from t where a is not null;
create view above as select * from v;
