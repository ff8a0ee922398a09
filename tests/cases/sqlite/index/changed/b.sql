create table t (a text, b int);
create index one on t (a, b);
create unique index two on t (a);
create index three on t (a desc);
create index four on t (a) where b > 1;
create index five on t (upper(a));
