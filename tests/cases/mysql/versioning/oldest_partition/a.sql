create table t (id int primary key, a int) with system versioning partition by system_time limit 1 (partition p0 history, partition p1 history, partition pn current);
