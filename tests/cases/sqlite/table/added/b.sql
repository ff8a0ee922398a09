create table customer (id integer primary key, name text not null);
create table note (id integer primary key, customer_id integer references customer (id), body text);
