create table t (id int auto_increment primary key, a int);
