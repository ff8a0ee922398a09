insert into child values (1, 5, '7');
