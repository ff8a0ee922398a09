create table t (id integer primary key, big double);
