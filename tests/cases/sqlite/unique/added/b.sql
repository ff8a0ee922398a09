create table t (id integer primary key, a text unique, b text, unique (b, a));
