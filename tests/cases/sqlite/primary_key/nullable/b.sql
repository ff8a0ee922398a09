create table t (code text primary key not null, a text);
