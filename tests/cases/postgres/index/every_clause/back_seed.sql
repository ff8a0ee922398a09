insert into t values (1, 10, 'y');
