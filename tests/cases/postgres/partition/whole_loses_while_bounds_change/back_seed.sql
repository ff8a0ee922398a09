insert into t values (1, 5, 'a'), (21, 7, 'b');
