create table t (a varchar(10) character set utf8mb4, b varchar(10)) default charset utf8mb4;
