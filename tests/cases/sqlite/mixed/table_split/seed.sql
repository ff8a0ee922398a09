insert into person values (1, 'x', 's', 'c');
