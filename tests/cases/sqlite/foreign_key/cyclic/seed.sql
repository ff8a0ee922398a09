insert into team values (1, 10, 'reds');
insert into player values (10, 1, 'ann'), (11, 1, 'bob');
