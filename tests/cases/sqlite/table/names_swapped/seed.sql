insert into one values (1, 'a');
insert into two values (2, 'b'), (3, 'c');
