create table t (id int primary key, v varchar(20)) charset utf8mb4;
