create table t (id integer primary key, big bigint);
