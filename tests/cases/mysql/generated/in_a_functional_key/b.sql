create table t(x int, c int as (x+1) virtual, key fx((c + x)));
