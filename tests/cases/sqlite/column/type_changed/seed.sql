insert into t values (1, 'x', 2, x'00ff'), (2, 'y', 3, 'text');
