insert into area values (1, 1.5, 2.75);
