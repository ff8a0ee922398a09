create table client (id integer primary key, email text, age text);
create table invoice (id integer primary key, client_id integer references client (id) on delete cascade);
