create table t (id integer primary key, a int, b int not null generated always as (a + 1) virtual);
