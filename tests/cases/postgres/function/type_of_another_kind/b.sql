create domain e as text; create function f(e) returns int language sql as 'select 2'; create function g(x e default 'a') returns setof e language sql as 'select ''b''::e'; create function h() returns table(q e[], "w e" int) language sql as 'select null::e[], 2';
create procedure p(inout a e) language sql as 'select ''b''::e';
