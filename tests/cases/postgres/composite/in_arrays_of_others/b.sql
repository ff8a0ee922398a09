create type c1 as (y text, x text); create type c2 as (cs c1[]); create domain many as c1[]; create type c3 as (a int, c c2, m many); create table t (id int primary key, c c2, d c3[], m many);
