create table t (a int);
create table u (id integer primary key);
