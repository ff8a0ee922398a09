create table p (id int primary key);create table t (x int, constraint f foreign key (x) references p (id) on delete set null on update cascade);
