create table t (id int not null, a bigint not null, unique key k (a)); create table u (id int not null, a int not null, b int, primary key (a)) partition by hash (a) partitions 3;
