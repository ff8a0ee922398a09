create domain d as numeric;
create type e as enum ('b', 'a');
create type c2 as (z e, w d);
create function g(e) returns text language sql immutable as 'select ''q''::text';
create function g2(e) returns text language sql immutable as 'select ''q''::text';
create table t (a e default 'a', d d default 7, n d default 8, c c2, i text generated always as (g2(a)) stored)
