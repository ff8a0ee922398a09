create table p (a int primary key); create table t (x int references p);
