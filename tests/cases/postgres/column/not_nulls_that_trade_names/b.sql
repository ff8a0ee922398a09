create table t(b int constraint bb not null, c int default 0 constraint nn not null);
create table u(x int constraint m2 not null, y int constraint m1 not null);
