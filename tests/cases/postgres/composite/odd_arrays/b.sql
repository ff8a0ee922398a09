create type c1 as (y text, x text); create type c2 as (cs c1[]); create table t (id int primary key, m c1[], c c2[]);
