insert into q values (1, 'x', 5);
