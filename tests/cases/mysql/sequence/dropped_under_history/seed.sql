insert into sv (id) values (1); update sv set a = 2;
