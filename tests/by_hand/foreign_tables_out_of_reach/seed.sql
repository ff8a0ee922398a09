create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host 'localhost', port '1', dbname 'x'); create user mapping for public server s options (user 'u');
create type ee as enum ('a','b'); create domain d as int;
create foreign table ft(id int, n text, e ee, d d, k text) server s options (schema_name 'public', table_name 'r');
