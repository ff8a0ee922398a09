insert into t values (5, 'x');
