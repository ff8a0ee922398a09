create table u (id int primary key);
create table w (id int primary key);
create table t (id int primary key, a int, foreign key (a) references w (id));
