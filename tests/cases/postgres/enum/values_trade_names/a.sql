create type e as enum ('a', 'b'); create type f as enum ('a', 'b');
create table t (id int primary key, k e, l f);
