create table t (id integer primary key, width integer, height text);
