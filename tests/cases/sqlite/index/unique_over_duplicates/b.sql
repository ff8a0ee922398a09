create table t (id integer primary key, a text collate nocase);
create unique index t_a on t (a);
