insert into b (id) values (1);
