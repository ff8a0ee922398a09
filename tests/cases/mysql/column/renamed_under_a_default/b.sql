create table t (id int primary key, c int, b int default (c + 2), d varchar(9) default 'a');
