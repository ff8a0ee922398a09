create table t (id int, k int not null, n text) partition by list (k); create table t1 partition of t for values in (1); create table t2 partition of t for values in (2);
