create table t(x int, b int as (x+2) virtual, a int as (b+1) virtual);
