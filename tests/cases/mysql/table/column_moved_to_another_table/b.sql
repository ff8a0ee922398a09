create table t (id int primary key, w varchar(10) not null, v varchar(10));
create table p (t_id int)
