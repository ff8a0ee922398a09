create table t (a int, constraint new unique (a));
