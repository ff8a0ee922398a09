create table t (id int primary key, a datetime, b int, c varchar(20), d varbinary(9), e time);
