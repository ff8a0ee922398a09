create table t (a int, b int, constraint k check (b > 1));
