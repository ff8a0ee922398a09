create table parent (id integer primary key);
create table child (k text not null primary key, p int references parent (id));
