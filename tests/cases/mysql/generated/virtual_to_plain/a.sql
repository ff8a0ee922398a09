create table t (id int primary key, a int, g int as (a + 1) virtual, h varchar(20) as (concat('n', a)) virtual, key kg (g));
