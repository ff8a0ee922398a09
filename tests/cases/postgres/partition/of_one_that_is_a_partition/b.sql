create table p(a int,  constraint ck check (a > 0)) partition by list (a); create table c partition of p for values in (1) partition by list (a); create table g partition of c for values in (1);
