create table p(id int primary key) partition by list(id); create table p1 partition of p for values in (1); create table r(id int primary key, p int references p);
