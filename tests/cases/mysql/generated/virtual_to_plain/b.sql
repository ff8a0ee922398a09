create table t (id int primary key, a int, g int, h varchar(20), key kg (g));
