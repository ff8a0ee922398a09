create table t (id int primary key, e enum('x', 'y'), at datetime not null default '2020-01-01 00:00:00' on update current_timestamp);
