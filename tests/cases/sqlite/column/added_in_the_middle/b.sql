create table t (id integer primary key, middle text, z text);
