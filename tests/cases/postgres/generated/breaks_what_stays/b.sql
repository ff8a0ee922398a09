create table t (a int primary key, b int generated always as (a - a) stored unique check (b > 0), c int generated always as (nullif(a, 2)) stored not null, d int generated always as (a + 5) stored unique);
create table u (d int references t (d))
