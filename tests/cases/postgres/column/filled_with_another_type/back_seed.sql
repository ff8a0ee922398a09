insert into c values (2, 5, 'x');
