create table a (id int);
create table b (nm text default 'b', q int) inherits (a);
create index bi on b (nm)
