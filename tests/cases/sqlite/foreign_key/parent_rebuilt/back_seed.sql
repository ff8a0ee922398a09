insert into parent values (1, 10), (2, 20);
insert into cascading values (1, 1), (2, 2);
insert into nulling values (1, 2);
