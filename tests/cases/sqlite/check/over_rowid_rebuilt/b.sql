create table t (a text, constraint positive check (rowid > 0 and a > 0));
