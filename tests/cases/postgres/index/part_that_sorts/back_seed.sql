insert into p values (1, 2), (11, 12);
