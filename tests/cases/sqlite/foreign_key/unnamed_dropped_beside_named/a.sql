create table parent (id integer primary key);
create table child (id integer primary key, p int references parent (id), q int, constraint fk foreign key (q) references parent (id));
