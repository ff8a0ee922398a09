create table t (region text, n int) partition by list (region);
create table rest partition of t default;
create table there (region text, n int);
