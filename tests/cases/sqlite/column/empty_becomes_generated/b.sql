create table t (id integer primary key, a int, total int generated always as (a * 2) stored);
