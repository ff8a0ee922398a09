create table p (id int, n text); create table c (primary key (id)) inherits (p); create table t (id int references c (id));
