create table r(id int primary key); create table post(id int primary key, k text,
  a int generated always as (nullif(id, 2)) stored not null,
  b int generated always as (1) stored unique,
  c int generated always as (id - 2) stored check (c > 0),
  d int generated always as (k::int) stored,
  e int generated always as (id) stored references r(id),
  f int generated always as (id + 5) stored unique);
create index post_k on post ((k::int));
create index post_l on post ((k::int)) where k ~ '^[0-9]+$';
create table other(id int primary key, r_id int not null default 0 references r(id), n int references r(id));
