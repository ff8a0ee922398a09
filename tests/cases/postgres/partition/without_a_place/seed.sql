insert into t values (1, '2025-06-01'), (2, '2024-06-01');
