create table t (id integer primary key, code any) strict;
