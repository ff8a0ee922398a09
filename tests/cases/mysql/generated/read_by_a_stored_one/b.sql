create table t(x int, c int as (x+1) virtual, d int as (c+1) stored, key(d));
