create table t (a int, g int not null generated always as (a + 1) virtual);
