create table x(k int primary key, v text) partition by list (k); create table x1 partition of x default;
