create table t (id int auto_increment primary key, a int) auto_increment = 10;
create table u (id int auto_increment primary key) auto_increment = 1000;
