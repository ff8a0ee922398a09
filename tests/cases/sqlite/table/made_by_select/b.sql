create table source (id integer primary key, name varchar(20), price decimal(10, 2));
create table copied as select id, name, price, price * 2 as twice from source;
