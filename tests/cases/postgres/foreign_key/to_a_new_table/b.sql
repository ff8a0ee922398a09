create table b (id int primary key); create table t (id int primary key, a bigint references b);
