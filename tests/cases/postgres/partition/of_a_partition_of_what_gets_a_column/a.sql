create table p(a int, b int) partition by list (a); create table c partition of p for values in (1) partition by list (a); create table g (a int not null, b bigint);
