create table a (k int, z int default 1) partition by list (k);
create table b partition of a (z default 3) for values in (1);
create table p (k int);
create table c () inherits (p)
