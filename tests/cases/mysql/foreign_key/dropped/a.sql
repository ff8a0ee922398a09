create table p (id int primary key); create table c (id int primary key, p int, key k (p), constraint f foreign key (p) references p (id));
