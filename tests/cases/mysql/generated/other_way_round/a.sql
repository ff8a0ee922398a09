create table t(x int, a int as (x+1) virtual, b int as (a+2) virtual);
