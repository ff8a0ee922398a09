create table t (a text, b text);
create index one on t (a);
create index two on t (b);
