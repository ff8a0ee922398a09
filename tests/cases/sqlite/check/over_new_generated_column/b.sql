create table t (id integer primary key, a int, b int generated always as (a + 1) virtual, constraint c check (b > 0));
