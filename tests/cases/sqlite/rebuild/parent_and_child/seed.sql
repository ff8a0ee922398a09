insert into parent values (1, '1'), (2, '2');
insert into child values (10, 1, '1'), (11, 2, '2');
