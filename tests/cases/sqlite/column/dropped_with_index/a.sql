create table t (id integer primary key, a text, b text);
create index t_b on t (b);
create index t_a_b on t (a, b);
create index t_a on t (a);
create index t_expression on t (lower(b));
create index t_partial on t (a) where b is not null;
