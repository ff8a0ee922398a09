insert into t values (1, null); update t set a = 2;
