insert into p values(1)
