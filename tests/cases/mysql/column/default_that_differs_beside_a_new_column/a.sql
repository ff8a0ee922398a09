create table t (id int primary key, u char(36) not null default (uuid()), v char(36));
