create table t(x int, c int, constraint k check (c > x));
