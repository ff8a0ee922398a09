create table aa(x int); create table t(x int, b int as (x+2) virtual, key(b));
