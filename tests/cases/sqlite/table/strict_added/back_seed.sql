insert into reading values (5, 0.25, 's');
