create table p (id integer primary key);
create table c (
  a int references p (id), b int references p (id) on delete cascade, c int references p (id) on update set null,
  d int references p (id) on delete restrict on update cascade, e int references p (id) on delete no action
);
