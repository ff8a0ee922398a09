insert into gc values (7)
