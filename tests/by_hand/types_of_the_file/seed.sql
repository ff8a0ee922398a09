create schema shop;
create table shop.ord(id int primary key, total numeric not null, st text not null, d date);
insert into shop.ord values (1, 10, 'open', '2024-01-01'),(2, 20,'paid','2024-02-02');
create view shop.v1 as select id, total from shop.ord;
create view shop.v2 as select id, total*2 t2 from shop.v1;
