create table t (a varchar(10) collate utf8mb4_bin, b varchar(10)) default charset=latin1;
