create table parent (id integer primary key, a text);
create table child (id integer primary key, p int references parent (id), b text);
