create table t (a text, b int);
create index one on t (a);
create index two on t (a);
create index three on t (a);
create index four on t (a) where b > 0;
create index five on t (lower(a));
