create table t(x int, a int as (x+1) stored, b int as (a+2) stored, key(b));
