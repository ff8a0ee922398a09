insert into t values (1, 'x', 'p'), (2, 'y', 'p'), (3, null, null), (4, null, null);
