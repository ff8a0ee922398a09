insert into `select` values (1, 2, 'x', 3);
