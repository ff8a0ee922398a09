create table z (id int primary key, up int references z); create table b (id int primary key); create table c (id int constraint k primary key);
