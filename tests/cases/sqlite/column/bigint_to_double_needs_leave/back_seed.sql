insert into t values (1, 0.5), (2, 7.0);
