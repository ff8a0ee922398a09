insert into t values (1, 'Twice@example.org'), (2, 'twice@example.org');
