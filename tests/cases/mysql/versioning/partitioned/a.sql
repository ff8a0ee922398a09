create table t (id int primary key, a int) with system versioning partition by system_time (partition p0 history, partition pn current);
