create table t(x int, c int, d int as (c+1) stored, key(d));
