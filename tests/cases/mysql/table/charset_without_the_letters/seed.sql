insert into t values (1, '日本'), (2, 'x');
