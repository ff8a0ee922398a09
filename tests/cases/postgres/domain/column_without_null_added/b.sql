create domain d as text not null; create domain e as d; create domain f as int not null default 3; create table t (id int, x e, y f);
