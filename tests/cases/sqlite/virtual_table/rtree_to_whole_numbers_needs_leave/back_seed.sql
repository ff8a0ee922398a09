insert into area values (1, 1, 2);
