create table r(a int primary key); create table g(a int); create table gc() inherits (g);
