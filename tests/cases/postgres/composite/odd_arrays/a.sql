create type c1 as (x text, y text); create type c2 as (cs c1[]); create table t (id int primary key, m c1[], c c2[]);
