create table t (id int primary key, d int, a int as (d + 1) virtual);
