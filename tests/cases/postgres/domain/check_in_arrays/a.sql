create domain d as int; create domain e as d; create type c as (v d, w text); create domain n as text;
create table t (id int, a d[], b e, c c, f e[], g n[]);
