create table base (id serial, a text); create table child (b int) inherits (base);
create view seen as select id, a, b from child;
