create table t (a int, b int not null, constraint t_key primary key (a));
