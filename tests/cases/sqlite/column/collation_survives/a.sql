create table t (id integer primary key, a text collate nocase not null, b text);
create index t_a on t (a);
