create table t (id int primary key, a int, b int default (a + 2), d varchar(9) default 'a');
