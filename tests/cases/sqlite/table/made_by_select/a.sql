create table source (id integer primary key, name varchar(20), price decimal(10, 2));
