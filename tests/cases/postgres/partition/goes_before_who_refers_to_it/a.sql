create table x(k int, unique (k)) partition by list (k); create table x1 partition of x default; create table x2 partition of x for values in (4); create table y(k int references x(k));
