create table p(a int, constraint c1 check (a > 0)); create table c() inherits (p); create table g(a int, b int,  constraint c1 check (a > 0));
