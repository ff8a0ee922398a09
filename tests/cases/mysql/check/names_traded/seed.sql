insert into t1 values (1, 1); insert into t2 values (1, 1);
