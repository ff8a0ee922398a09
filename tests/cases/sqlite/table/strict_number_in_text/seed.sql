insert into t values (1, '12'), (2, '-3'), (3, null);
