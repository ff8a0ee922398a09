create table p(a int primary key) partition by list(a); create table p1 partition of p for values in (7); create table t(a int references p1);
