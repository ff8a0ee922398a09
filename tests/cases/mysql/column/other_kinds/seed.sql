insert into t values (1, '2024-01-01 10:00:00', 3, 'x,z', x'01ff', '10:00:00');
