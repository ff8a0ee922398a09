insert into t values (1, 2, 1); insert into w values (2);
