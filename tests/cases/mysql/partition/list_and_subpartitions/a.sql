create table t (id int, r varchar(5)) partition by list columns (r) (partition eu values in ('de','fr'), partition us values in ('us'));
