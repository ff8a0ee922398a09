create table t (a int primary key, v varchar(9)) partition by list (a) (partition p0 values in (1, 2), partition p1 values in (26, 27));
