create table t (id int, d int) partition by list (d) (partition p0 values in (1, 2), partition pd default);
