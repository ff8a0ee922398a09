insert into client values (1, 'a@example.org', '42');
insert into invoice values (10, 1);
