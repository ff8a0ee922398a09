create table d (id int primary key, n int);
create table e (id int primary key);
create table q (n int primary key);
