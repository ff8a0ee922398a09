create table one (id integer primary key, alpha text);
create table two (id integer primary key, beta text);
