insert into t values (1, 'x', '1'), (2, 'y', '2'), (3, null, '3'), (4, null, '4');
