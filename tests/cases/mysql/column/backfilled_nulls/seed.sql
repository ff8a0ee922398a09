insert into t values (1, null), (2, 5);
