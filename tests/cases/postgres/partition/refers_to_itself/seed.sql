insert into x values (7)
