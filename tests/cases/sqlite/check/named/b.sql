create table t (a int, constraint above_zero check (a > 0), constraint small check (a < 100), check (a % 2 = 0));
