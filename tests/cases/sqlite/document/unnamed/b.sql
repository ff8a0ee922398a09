create table t (id integer primary key, a int, b int, unique (a, b), check (a < b), foreign key (a) references t (id));
