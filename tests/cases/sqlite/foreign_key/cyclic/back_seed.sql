insert into team values (1, 10, 'blues');
insert into player values (10, 1, 'cat');
