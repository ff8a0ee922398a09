create table t(id integer primary key, n text, a int, b int check (b < a), check (n > a));
