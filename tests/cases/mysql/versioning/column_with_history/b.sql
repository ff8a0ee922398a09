create table t (id int primary key, b varchar(9)) with system versioning;
