insert into t values (1, 1, 1, 3, b'1'), (2, 2, 2, 0, b'10');
