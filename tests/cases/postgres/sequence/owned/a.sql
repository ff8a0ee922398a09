create sequence s; create table t (id int primary key, a int, b text);
