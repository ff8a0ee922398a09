create table c (id int primary key, balance decimal(10,2) not null, name varchar(20));
create table other (id int primary key, x int);
