insert into t values (1, 1), (2, 2); update t set a = 3;
