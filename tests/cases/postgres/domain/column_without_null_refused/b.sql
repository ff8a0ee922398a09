create domain d as text not null; create table t (id int, x d);
