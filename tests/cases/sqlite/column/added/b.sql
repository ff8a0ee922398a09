create table t (id integer primary key, a text, b varchar(20), c);
