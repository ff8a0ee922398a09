insert into parent values (1, '1');
insert into child values (1, 404, '1'), (2, 1, '2');
