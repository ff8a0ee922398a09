insert into p values (1, 2), (21, 2), (11, 1)
