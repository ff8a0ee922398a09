create table t (a int, constraint positive check (a > 0), check (a < 100), constraint even check (a % 2 = 0));
