insert into t values (10, 'a'), (20, 'b');
