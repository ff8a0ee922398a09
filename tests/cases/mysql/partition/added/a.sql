create table t (id int not null, a int) partition by range (id) (partition p0 values less than (10));
