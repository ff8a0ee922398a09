create table parent (id integer primary key);
create table child (id integer primary key, p int, constraint fk foreign key (p) references parent (id));
