create table p (id integer primary key);
create table c (
  a int references p (id) on delete set default, b int references p (id) on delete set null, c int references p (id) on update restrict,
  d int references p (id), e int references p (id) on delete cascade on update cascade
);
