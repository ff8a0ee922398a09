insert into t values (1, 10, 'a'), (1, 11, 'b');
