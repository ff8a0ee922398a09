create table books (id int primary key, author int not null, price decimal(10,2) not null, key author (author));
