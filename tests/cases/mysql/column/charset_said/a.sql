create table t (a varchar(10), b varchar(10) character set latin1) default charset utf8mb4;
