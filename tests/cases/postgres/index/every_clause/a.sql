create table t (id int primary key, a int, b text); create index i on t (a);
