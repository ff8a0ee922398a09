create table t (id int primary key, a int, b text); create function f() returns bigint language sql return 1;
