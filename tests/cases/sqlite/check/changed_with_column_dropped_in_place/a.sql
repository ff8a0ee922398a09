create table t (a int, b int, c int, constraint k check (c > b));
