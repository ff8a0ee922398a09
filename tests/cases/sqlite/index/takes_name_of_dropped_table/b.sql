create table t (a text);
create index label on t (a);
