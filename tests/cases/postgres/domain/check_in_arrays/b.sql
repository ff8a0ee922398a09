create domain d as int constraint positive check (value > 0); create domain e as d; create type c as (v d, w text); create domain n as text not null;
create table t (id int, a d[], b e, c c, f e[], g n[]);
