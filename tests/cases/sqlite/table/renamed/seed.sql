insert into client values (1, 'a@example.org'), (4, 'b@example.org');
insert into invoice values (10, 4), (11, 1);
