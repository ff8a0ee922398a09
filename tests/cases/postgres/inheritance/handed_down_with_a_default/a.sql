create table a (id int, nm text);
create table b (q int) inherits (a);
alter table b alter nm set default 'b';
create index bi on b (nm)
