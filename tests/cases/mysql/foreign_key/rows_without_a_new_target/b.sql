create table c (n int primary key);
create table d (id int primary key, n int, constraint f foreign key (n) references c (n));
create table q (n int primary key);
create table e (id int primary key, m int not null default 7, constraint g foreign key (m) references q (n));
