create table person (id integer primary key, name text, street text, city text);
create view addresses as select name, city from person;
