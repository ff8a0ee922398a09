create table t (id int not null, n int, u char(36) not null, primary key (u));
create table u (a int not null, b int not null, primary key (a, b))
