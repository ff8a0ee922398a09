create table t (id int primary key, c varchar(10));
