insert into "select" values (1, 'x', 2, 3);
