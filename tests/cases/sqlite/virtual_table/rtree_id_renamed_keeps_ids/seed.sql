insert into area values (77, 1, 2), (99, 3, 4);
