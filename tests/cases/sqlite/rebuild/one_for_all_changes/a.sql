create table t (id integer primary key, a text, b text, c text, d text unique);
create index t_a on t (a);
