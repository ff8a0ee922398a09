insert into area values (77, 1, 2, 'a', 'b');
