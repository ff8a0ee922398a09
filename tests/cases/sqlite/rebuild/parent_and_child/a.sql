create table parent (id integer primary key, a text);
create table child (id integer primary key, p int references parent (id) on delete cascade, a text);
create view both as select c.id, p.a from child c join parent p on p.id = c.p;
