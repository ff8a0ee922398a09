insert into t values (1, '100'), (2, '5');
