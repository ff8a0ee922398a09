insert into t values (1, '2023-05-05', 'x'), (2, '2024-05-05', 'y');
