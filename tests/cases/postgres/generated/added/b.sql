create table t (id int primary key, a int, b text, c int generated always as (a * 2 + 1) stored);
