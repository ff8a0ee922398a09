create table p (id int primary key);
create table t (a int primary key, n numeric unique, c int)
