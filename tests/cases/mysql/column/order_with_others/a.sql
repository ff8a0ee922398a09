create table t (id int primary key, a int, b varchar(9), c int, d int, key k (c));
