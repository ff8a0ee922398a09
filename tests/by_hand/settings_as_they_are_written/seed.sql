create table t(a text, n int);
insert into t values ('x', 1);
