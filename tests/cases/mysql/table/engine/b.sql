create table t (a int) engine=InnoDB;
