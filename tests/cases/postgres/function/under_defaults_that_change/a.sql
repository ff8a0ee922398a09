create function f(a int) returns int language sql immutable as 'select a';
create function g(aa int) returns text language sql immutable as $$ select 'x' $$;
create table t (x int default f(1), y int default f(3), c text default g(aa => 3), d text generated always as (g(aa => x)) stored);
create view v as select f(1)
