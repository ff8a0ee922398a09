create table t(a int as (1+1) virtual, b int as (a+2) virtual);
