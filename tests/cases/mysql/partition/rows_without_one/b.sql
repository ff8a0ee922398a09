create table t (a int not null, b varchar(9) not null) partition by range columns (a, b) (partition p values less than (10, 'm'), partition q values less than (25, 'm'));
