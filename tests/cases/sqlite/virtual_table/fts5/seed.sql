insert into doc values (1, 'a', 'b');
