insert into id_t(b) values (7)
