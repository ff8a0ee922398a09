create table t(x int, c int, key fx ((c + x)));
