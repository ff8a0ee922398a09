create table t(x int, c int as (x+1) virtual, d int default (c+1));
