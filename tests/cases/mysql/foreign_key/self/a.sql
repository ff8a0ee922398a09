create table t (id int primary key, parent int, constraint f foreign key (parent) references t (id));
