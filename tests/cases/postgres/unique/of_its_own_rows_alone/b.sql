create table g(a int, unique(a)); create table gc() inherits (g);
