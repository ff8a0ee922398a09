create domain d as text; create table t (id int primary key, many d[], one d);
