create table post (id int primary key, k varchar(20)); create table t (id varchar(9) primary key, a int);
