insert into customer values (1, 'Ada');
insert into note values (1, 1, 'hello');
