create table c (id int primary key, n int, m varchar(100));
