create table users(id bigserial primary key);
insert into users select from generate_series(1, 9);
delete from users where id > 3;
create table orders(id bigserial primary key);
insert into orders default values;
