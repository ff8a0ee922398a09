create table t (a varchar(10)) default charset=utf8mb4 collate=utf8mb4_bin;
