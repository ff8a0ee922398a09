create table t (id int primary key);
create table p (t_id int, n varchar(10));
create table q (t_id int, m varchar(10))
