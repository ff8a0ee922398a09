create table b (id serial primary key, x int); create table a (id serial primary key, y int);
