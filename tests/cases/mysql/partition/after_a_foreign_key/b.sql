create table p (id int primary key);
create table c (id int primary key) partition by hash (id);
