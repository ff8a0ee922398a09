create table t (id int primary key, c varchar(10), l varchar(10) as (lower(c)) stored, unique key l (l));
