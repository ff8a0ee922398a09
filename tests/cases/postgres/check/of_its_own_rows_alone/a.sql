create table g(a int); create table gc() inherits (g);
