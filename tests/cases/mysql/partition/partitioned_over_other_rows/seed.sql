insert into t values (1, 1), (null, 1), (3, 2);
