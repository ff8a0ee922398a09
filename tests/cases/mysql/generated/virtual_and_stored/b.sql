create table t (a int, b int generated always as (a + 1) stored, c varchar(9) generated always as (concat(a, 'x;')) virtual);
