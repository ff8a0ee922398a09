insert into t values (1, 2, 999), (2, 3, 888), (3, 4, null);
