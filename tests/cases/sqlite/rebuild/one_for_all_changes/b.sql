create table t (id integer primary key, a integer not null default 0, b text collate nocase, e text not null default 'e', d text, check (a >= 0));
create index t_a on t (a desc);
create index t_e on t (e);
