create table t(x int, b int as (x+2) stored, key(b));
