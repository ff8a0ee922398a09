create table g(a int, check (a < 5) no inherit); create table gc() inherits (g);
