create domain d as time; create table t(id int primary key, x d);
