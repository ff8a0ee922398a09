create type e as enum('a','b'); create function f(e) returns int language sql as 'select 1'; create function g(x e default 'a') returns setof e language sql as 'select ''a''::e'; create function h() returns table(q e[], "w e" int) language sql as 'select null::e[], 1';
create procedure p(inout a e) language sql as 'select ''a''::e';
