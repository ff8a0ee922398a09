create table t (a int, b int) partition by list (a) (partition p values in (1, 2));
