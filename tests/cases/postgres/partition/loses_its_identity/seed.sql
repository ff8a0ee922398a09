insert into id_2(b) values (7)
