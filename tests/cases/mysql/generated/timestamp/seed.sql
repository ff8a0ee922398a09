insert into t values (1, '2024-01-02 03:04:05', 7);
