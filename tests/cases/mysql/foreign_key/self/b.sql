create table t (id bigint primary key, parent bigint, constraint f foreign key (parent) references t (id));
