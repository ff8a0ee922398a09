create table p (id integer primary key);
create table c (
  a int references p (id), b int references p (id) deferrable initially deferred,
  c int, constraint named foreign key (c) references p (id) deferrable
);
