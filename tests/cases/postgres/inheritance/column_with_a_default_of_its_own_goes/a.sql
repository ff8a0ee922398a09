create table a (k int, y int default 1, x int) partition by list (k);
create table b partition of a (y default 3, x default 4) for values in (1);
create table p (k int, y int default 1);
create table c () inherits (p);
alter table c alter y set default 3
