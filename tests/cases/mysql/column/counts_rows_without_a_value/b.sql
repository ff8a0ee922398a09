create table q(a int, c int not null auto_increment, unique key(c));
