insert into t values (1, 'eu', '2024-05-05'), (2, 'us', '2020-01-01');
