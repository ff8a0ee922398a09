create table r(a int primary key); create table g(a int references r); create table gc() inherits (g);
