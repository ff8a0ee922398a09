create table t (id integer primary key autoincrement, n int, m int);
create index t_n on t (n);
