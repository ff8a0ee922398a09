create table x(k int, unique (k), constraint xf foreign key (k) references x(k));
