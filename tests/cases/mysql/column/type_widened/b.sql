create table t (id bigint primary key, a bigint, b varchar(200));
