create table two (id integer primary key);
create table child (id integer primary key, p int references two (id));
