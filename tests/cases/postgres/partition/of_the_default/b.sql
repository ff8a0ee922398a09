create table t (region text, n int) partition by list (region);
create table rest partition of t default;
create table there (region text, n int);
create table north partition of t for values in ('north');
alter table t attach partition there for values in ('there');
