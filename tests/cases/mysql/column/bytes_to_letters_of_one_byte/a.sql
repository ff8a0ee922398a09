create table t (id int primary key, v varbinary(20), b blob)
