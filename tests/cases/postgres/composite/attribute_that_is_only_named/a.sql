create type c as (a int); create function f() returns c language sql as 'select 1'; create table t(x int default (f()).a, check (x > (f()).a)); create view v as select (row(1)::c).a;
