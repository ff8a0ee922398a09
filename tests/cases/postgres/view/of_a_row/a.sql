create table a (x int, y text); create table b (id int, r a); create view v as select id, (r).x from b; create function f(a) returns int language sql as 'select ($1).x';
