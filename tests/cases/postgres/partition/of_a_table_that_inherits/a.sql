create table tp (id int, k int);
create table t (r int) inherits (tp)
