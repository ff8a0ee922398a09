create table t (a text, b text);
create index new_name on t (a, b desc);
