insert into people values (1, 'x@example.org');
