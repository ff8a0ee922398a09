create table t (a int, constraint positive check (rowid > 0 and a > 0));
