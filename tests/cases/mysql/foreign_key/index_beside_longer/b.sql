create table u (id int primary key);
create table w (id int primary key);
create table t (id int primary key, a int, x int, key a (a), key k (a, x), foreign key (a) references u (id));
