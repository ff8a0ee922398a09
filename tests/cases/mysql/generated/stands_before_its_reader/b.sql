create table aa(x bigint, y int); create table t(x int, a int as (x+1) virtual, b int as (a+2) virtual, key(b));
