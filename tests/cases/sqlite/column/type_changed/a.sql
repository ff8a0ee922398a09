create table t (id integer primary key, a varchar(10), b integer, c);
