insert into t values (1, 'one', 2, 1.5), (2, 'two', 3.5, null);
