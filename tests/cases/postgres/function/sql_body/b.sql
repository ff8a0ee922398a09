create table t (id int primary key, a int, b text); create function f() returns bigint language sql begin atomic select 1; select count(*) from t; end;
