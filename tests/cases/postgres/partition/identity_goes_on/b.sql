create table t (id int generated always as identity, k int) partition by list (k);
create table d partition of t default
