create table t(x int not null, c int as (x+1) virtual, key(c)) partition by range(c) (partition p0 values less than (10), partition p1 values less than maxvalue);
