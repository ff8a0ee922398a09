insert into child values ('x', 99), ('y', null);
