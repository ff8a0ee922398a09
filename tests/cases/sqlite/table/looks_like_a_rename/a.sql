create table client (id integer primary key, email text not null, city text);
