create table p(a int, b int) partition by list(a); create table p1 partition of p for values in (7); create index i on p(b) with (fillfactor=60);
