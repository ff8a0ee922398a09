create table t (id int primary key, a bigint, b varchar(9) not null default 'x', key k (a)) with system versioning;
