insert into docs values (4, 'one', 'two');
insert into search (search) values ('rebuild');
