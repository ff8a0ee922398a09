insert into t values (1, '12 EUR'), (2, '7 EUR');
