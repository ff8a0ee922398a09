create table t(id bigint not null, a bigint constraint yours not null, b bigint not null, c varchar(3));
