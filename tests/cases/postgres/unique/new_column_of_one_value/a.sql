create table t (id int primary key, name varchar(9));
