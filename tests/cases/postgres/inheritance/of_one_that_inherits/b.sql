create table p(a int, constraint c1 check (a > 0)); create table c() inherits (p); create table g(b int) inherits (c);
