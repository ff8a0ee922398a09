insert into t values (1, 10), (3, 30); insert into u values (1, 2, 3), (2, 3, 4);
