create table t (id int primary key, n int);
create table u (a int not null, primary key (a))
