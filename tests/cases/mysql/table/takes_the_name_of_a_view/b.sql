create table v (id int primary key);
