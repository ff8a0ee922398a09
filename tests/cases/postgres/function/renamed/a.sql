create function f(a int) returns int language sql immutable as 'select a';
create function f(a text) returns int language sql immutable as 'select 1';
revoke execute on function f(int) from public;
create function step(a int, b int) returns int language sql immutable as 'select a + b';
create aggregate total(int) (sfunc = step, stype = int, initcond = '0');
revoke execute on function total(int) from public;
create procedure done(a int) language sql as 'select 1';
create table t (a int check (f(a) > 0));
create view v as select total(f(a)) as x from t;
