insert into ft values(1)
