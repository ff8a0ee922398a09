create table t (id int primary key, x int not null, y int);
