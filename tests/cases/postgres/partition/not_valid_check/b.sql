create table t (a int not null, x int) partition by list (a); create table t1 partition of t for values in (1); alter table t add constraint k check (x > 0) not valid;
