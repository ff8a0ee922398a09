insert into p0 values (1, 'x');
