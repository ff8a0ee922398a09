create table t (id int primary key, u varchar(40) not null default (uuid()), v char(36) default (uuid()), x int, key (u));
