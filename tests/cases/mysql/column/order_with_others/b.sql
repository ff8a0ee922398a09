create table t (n int, id int primary key, c bigint, a int, m int, d int, key k (c));
