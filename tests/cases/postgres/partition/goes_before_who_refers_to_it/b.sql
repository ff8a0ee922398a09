create table x(k int, unique (k)) partition by list (k); create table x1 partition of x default; create table y(k int)
