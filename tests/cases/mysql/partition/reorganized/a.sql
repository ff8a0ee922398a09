create table t (id int not null, a int) partition by range (id) (partition p0 values less than (10), partition p1 values less than (30), partition p2 values less than maxvalue);
