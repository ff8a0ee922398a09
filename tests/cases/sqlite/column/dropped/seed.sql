insert into t values (1, 'a', 'b', 'c'), (9, 'x', null, 'z');
