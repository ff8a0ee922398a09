create table p(a int default 1); create table k() inherits (p); alter table k alter a set default 2;
