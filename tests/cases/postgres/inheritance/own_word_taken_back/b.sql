create table p(a int default 1); create table k() inherits (p);
