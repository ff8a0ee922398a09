create table parent (id integer primary key, a integer);
create table child (id integer primary key, p int not null references parent (id) on delete cascade, a integer);
create view both as select c.id, p.a from child c join parent p on p.id = c.p;
