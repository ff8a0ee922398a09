create table u (id int primary key);
create table w (id int primary key);
create table t (id int primary key, a int, x int, foreign key (a) references u (id));
