create table t (a int, constraint large check (rowid > 1));
