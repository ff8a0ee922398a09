create table u (id int primary key);
create table w (id int primary key);
create table t (a int, foreign key (a) references u (id) on delete no action on update restrict);
