create table t (a int, v varchar(9), w varchar(9) charset utf8mb4) charset latin1;
