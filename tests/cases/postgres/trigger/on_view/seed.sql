insert into t values (1, 10, 'x'), (2, null, null);
