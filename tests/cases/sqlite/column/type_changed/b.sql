create table t (id integer primary key, a varchar(20), b bigint, c blob);
