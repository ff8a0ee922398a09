insert into a values (1); insert into t values (1, 1), (2, null);
