create table t (day date) partition by range (year(day)) (partition p0 values less than (2020), partition p1 values less than maxvalue);
