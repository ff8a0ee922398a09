create table a (x int, z date); create table b (id int, r a); create view v as select id, (r).x, (r).z from b; create function f(a) returns date language sql as 'select ($1).z';
