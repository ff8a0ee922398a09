insert into t values (1, 1); insert into t2 values (2, 2);
