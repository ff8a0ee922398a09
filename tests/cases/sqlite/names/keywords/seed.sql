insert into "order" values (1, '5', 'c');
insert into "table" values (1, 1);
