insert into customer values (8, 'c@example.org');
insert into invoice values (2, 8);
