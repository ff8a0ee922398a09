insert into t values (1, '007'), (2, null);
