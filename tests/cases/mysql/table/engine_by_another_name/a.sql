create table t (a int) engine = memory;
