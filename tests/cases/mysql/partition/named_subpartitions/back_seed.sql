insert into t values (1, '2024-01-01'), (2, '2014-01-01');
