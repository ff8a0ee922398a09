insert into t values (1, 1), (15, 3), (25, 5), (99, 9);
