create function f() returns varchar(20) charset utf8mb4 collate utf8mb4_bin deterministic return 1;
