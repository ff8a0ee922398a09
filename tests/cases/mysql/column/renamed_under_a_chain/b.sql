create table t (id int primary key, x int, b int generated always as (x + 1) virtual, c int generated always as (b * 2) virtual, d int generated always as (c + b) stored, key (c), check (c > 1));
