create table parent (id integer primary key, a text);
create table cascading (id integer primary key, p int references parent (id) on delete cascade);
create table nulling (id integer primary key, p int references parent (id) on delete set null);
create table restricting (id integer primary key, p int references parent (id) on delete restrict);
create table defaulting (id integer primary key, p int default 1 references parent (id) on delete set default);
