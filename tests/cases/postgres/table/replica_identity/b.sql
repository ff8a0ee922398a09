create table t (id int primary key, a int, b text); create unique index t_id on t (id); alter table t replica identity using index t_id;
