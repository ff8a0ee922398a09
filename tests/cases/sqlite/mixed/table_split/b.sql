create table person (id integer primary key, name text, address_id integer references address (id));
create table address (id integer primary key, street text, city text);
create view addresses as select p.name, a.city from person p join address a on a.id = p.address_id;
