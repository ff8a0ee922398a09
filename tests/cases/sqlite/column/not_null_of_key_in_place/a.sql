create table t (k text primary key, a int);
