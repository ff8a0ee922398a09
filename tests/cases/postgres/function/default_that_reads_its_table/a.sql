create table person(id int primary key); create function f() returns int language sql begin atomic select count(*)::int from person; end; alter table person add x int default f();
