create domain d as bigint;
create type c as (w d);
create type e as enum ('a', 'b', 'x');
create function g(e) returns text language sql immutable as 'select $1';
create table t (a e default 'b', f c, h text generated always as (g(a)) stored, d d)
