create table t (id integer primary key autoincrement, n int);
create index t_n on t (n);
insert into t (n) values (1), (2), (3);
analyze;
