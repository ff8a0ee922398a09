create table t (id int primary key, a inet6, b int);
