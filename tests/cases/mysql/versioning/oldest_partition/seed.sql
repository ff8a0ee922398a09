insert into t values (1, 1); update t set a = 2; update t set a = 3;
