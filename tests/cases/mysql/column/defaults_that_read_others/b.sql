create table t(b int default (7), x int, y int default (b+x), a int default (y+1));
