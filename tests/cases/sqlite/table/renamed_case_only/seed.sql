insert into users values (1, 'x'), (2, 'y');
