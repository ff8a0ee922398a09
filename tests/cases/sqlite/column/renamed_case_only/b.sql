create table t (id integer primary key, username text);
create index t_user on t (username);
