create table t (id int auto_increment primary key, a int) comment = 'b' auto_increment = 100;
create table u (id int auto_increment primary key) comment = 'b' auto_increment = 1000;
