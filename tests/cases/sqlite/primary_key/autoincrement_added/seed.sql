insert into t values (3, 'a'), (8, 'b');
