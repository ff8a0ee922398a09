create function f(a int) returns bigint language sql immutable as 'select a::bigint';
create function g(x int) returns text language sql immutable as $$ select 'x' $$;
create table t (x int default f(2), y int default f(3), c text default g(x => 3), d text generated always as (g(x => x)) stored);
create view v as select f(2)
