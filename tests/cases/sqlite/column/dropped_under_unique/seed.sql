insert into t values (5, 'a', 'b', 1, 5);
