create table t(x int not null, c int, key(c)) partition by range(c) (partition p0 values less than (20), partition p1 values less than maxvalue);
