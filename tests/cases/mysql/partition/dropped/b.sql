create table t (id int not null, a int) partition by list (id) (partition p0 values in (1, 2), partition p2 values in (4, 5));
