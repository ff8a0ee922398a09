create type c as (a bigint, b text); create table t(x c); create function g(c) returns int language sql begin atomic select ($1).a::int; end;
create domain d as c; create table td(x d); create view v as select (x).a::int from td;
create table r(a bigint, d int); create rule r as on insert to r do also delete from r where a::int = new.d;
create type c2 as (a bigint); create function ff() returns trigger language plpgsql as 'begin return new; end'; create table t2(x c2, check ((x).a::int > 1)); create index i on t2(((x).a::int)); create policy p on t2 using ((x).a::int > 2);
