create table t(id int primary key, a int, n numeric(10,2), b bool);
insert into t values (1, 5, 5.00, true), (2, null, 7, false);
