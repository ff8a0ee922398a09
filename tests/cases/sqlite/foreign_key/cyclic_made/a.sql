create table base (id integer primary key);
