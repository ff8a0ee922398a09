insert into t values (1, 1.2, 7), (2, 1.3, null)
