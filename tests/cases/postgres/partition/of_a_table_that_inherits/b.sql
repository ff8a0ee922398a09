create table tp (id int, k int);
create table t (id bigint, k int, r int) partition by list (k);
create table td partition of t default
