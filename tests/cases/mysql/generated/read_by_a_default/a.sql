create table t(x int, c int, d int default (c+1));
