create table t(x int, a int default (x+1), b int default (a+2));
