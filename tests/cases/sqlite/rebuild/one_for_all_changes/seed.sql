insert into t values (1, '5', 'B', 'C', 'D'), (2, '6', null, null, null);
