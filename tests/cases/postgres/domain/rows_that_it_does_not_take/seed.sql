insert into t values (1, 5, 5, 1.00), (2, 500, null, 200.00); insert into u values (1);
