insert into parent values (1, 10, 20);
insert into child values (7, 1, 10, 20), (8, null, null, null);
