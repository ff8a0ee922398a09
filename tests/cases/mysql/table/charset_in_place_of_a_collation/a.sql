create table t (a int, v varchar(9), w varchar(9) collate utf8mb4_bin) charset utf8mb4 collate utf8mb4_unicode_ci;
