create table t (a int primary key, b int generated always as (a * 2) stored unique check (b > 0), c int generated always as (a) stored not null, d int generated always as (a) stored unique);
create table u (d int references t (d))
