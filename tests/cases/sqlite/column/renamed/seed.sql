insert into t values (1, 100, 'n'), (2, 5, null);
