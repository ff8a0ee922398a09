insert into c values (1, null, null), (2, 5, 'x');
