insert into child values (2, 'y', 3);
