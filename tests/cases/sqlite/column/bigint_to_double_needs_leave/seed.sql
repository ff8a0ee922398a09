insert into t values (1, 9007199254740993), (2, 7);
