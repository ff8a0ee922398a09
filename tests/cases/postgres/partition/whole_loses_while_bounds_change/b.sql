create table t (id int not null, k int not null, q text, check (k > 0)) partition by range (id);
create table t_low partition of t for values from (0) to (20);
create table t_high partition of t for values from (20) to (40);
