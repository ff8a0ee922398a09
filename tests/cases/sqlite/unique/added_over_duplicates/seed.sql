insert into t values (1, 'twice@example.org'), (2, 'twice@example.org'), (3, 'once@example.org');
