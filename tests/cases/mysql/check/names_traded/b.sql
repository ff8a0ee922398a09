create table t1 (id int primary key, a int, constraint c2 check (a > 0));
create table t2 (id int primary key, a int, constraint c1 check (a > 0));
