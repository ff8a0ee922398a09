create table t (id int primary key, b varchar(9), key k (b));
