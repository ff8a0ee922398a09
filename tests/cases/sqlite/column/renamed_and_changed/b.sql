create table t (id integer primary key, total integer not null default 0);
create index t_total on t (total);
