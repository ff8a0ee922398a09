create table p (k int, v int, w int) partition by list (k);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2);
create index pv on p (v);
create index pw on p (w);
insert into p values (1, 1, 1), (2, 2, 2);
