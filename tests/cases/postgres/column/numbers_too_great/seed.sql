insert into t values (123.45, 5000000000, 1e300, b'10101010');
