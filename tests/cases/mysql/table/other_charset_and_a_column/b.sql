create table t(a int, b varchar(5)) charset utf8mb4;
