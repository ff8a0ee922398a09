create table t (a int, key l (a));
