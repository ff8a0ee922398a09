create table t(x int, c int as (x+1) virtual, constraint k check (c > x));
