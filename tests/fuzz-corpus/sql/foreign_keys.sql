create table p (id integer primary key);
create table c (
  a int references p (id) deferrable initially deferred, b int references p (id) deferrable initially immediate,
  c int, constraint named foreign key (c) references p (id)
);
