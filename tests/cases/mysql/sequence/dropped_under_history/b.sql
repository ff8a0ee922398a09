create table sv (id int primary key, a int);
