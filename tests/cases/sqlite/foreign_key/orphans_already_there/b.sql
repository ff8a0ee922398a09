create table parent (id integer primary key, a integer);
create table child (id integer primary key, p int references parent (id), b integer);
