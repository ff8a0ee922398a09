create table t(a int constraint nn not null, b int constraint bb not null);
create table u(x int constraint m1 not null, y int constraint m2 not null);
