create table p (id int primary key);create table t (x int);
