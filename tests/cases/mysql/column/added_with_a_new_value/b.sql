create table t (id int primary key, at datetime not null default '2020-01-01 00:00:00' on update current_timestamp, u varchar(36) not null default (uuid()), unique key k (u));
