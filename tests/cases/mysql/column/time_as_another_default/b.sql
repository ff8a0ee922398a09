create table t (id int primary key, f varchar(20) default (current_timestamp), g bigint default (now()));
