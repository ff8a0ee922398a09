create table t (id int not null, a int) partition by list (id) (partition p0 values in (1, 2, 7), partition p1 values in (3));
