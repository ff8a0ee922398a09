create table c (id int primary key, name varchar(20), cents int not null, x int not null);
create table other (id int primary key, x int);
