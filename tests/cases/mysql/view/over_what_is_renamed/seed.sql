insert into parent values (1, 5);
