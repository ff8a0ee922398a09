create table t (a text, b text);
create index one on t (b);
create index two on t (a);
