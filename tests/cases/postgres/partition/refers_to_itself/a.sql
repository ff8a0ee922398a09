create table x(k int, unique (k), constraint xf foreign key (k) references x(k)) partition by list (k); create table x1 partition of x default;
