create table t (d date) partition by range (year(d)) (partition p0 values less than (2020), partition p1 values less than maxvalue);
