insert into t values (1, 'a'); insert into t2 values (1, '{x}'); insert into t3 values (1, '2', 3);
