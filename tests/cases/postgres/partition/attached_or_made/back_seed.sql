insert into t values (0, 'x'), (1, 'y'), (2, 'z');
