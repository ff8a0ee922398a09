create table t (id integer primary key, a text);
create unique index t_a on t (a);
