insert into t values (1, point(1, 1));
