insert into t values (1, 'a', 'a', 'b', 'b'), (2, 'b', 'c', 'b', 'a');
