create table books (id int primary key, author int not null, price decimal(10,2) not null, stock int not null default 0, constraint c check (price > 0), key idx_author (author));
