create table t(a int) engine=innodb; create table u(a int) engine=myisam; create table v(a int) engine=innodb;
