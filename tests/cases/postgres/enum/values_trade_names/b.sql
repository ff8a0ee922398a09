create type e as enum ('b', 'a'); create type f as enum ('b', 'c');
create table t (id int primary key, k e, l f);
