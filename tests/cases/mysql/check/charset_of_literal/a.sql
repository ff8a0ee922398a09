create table p (id int primary key); create table t (id int primary key, p int, n varchar(9) character set latin1, constraint c check (n <> 'x'), constraint f foreign key (p) references p (id));
