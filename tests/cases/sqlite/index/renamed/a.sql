create table t (a text, b text);
create index old_name on t (a, b desc);
