create table t (id int primary key, a varchar(9), key k (a));
