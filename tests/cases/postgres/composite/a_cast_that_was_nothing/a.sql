create type c as (a int, b text); create table t(x c); create function g(c) returns int language sql begin atomic select ($1).a; end;
create domain d as c; create table td(x d); create view v as select (x).a from td;
create table r(a int, d int); create rule r as on insert to r do also delete from r where a = new.d;
create type c2 as (a int); create function ff() returns trigger language plpgsql as 'begin return new; end'; create table t2(x c2, check ((x).a > 1)); create index i on t2(((x).a)); create policy p on t2 using ((x).a > 2);
