create table t (a int, b varchar(50), key k (a));
