create table place (id integer primary key, name text);
