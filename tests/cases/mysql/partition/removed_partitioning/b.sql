create table t (id int not null, a int) partition by hash (id) partitions 4;
