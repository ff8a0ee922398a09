create table t (x int constraint t_a_not_null not null, y int not null, z int constraint own not null);
create table new (a int constraint old_a_not_null not null);
