create table customer (id integer primary key, email text not null collate nocase, age integer, check (age > 0));
create table invoice (id integer primary key, client_id integer references customer (id) on delete cascade);
