insert into t values (3, 1, 2);
