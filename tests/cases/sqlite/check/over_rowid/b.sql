create table t (a int, constraint positive check (rowid > 0));
