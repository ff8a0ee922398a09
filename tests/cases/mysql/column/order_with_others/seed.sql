insert into t (id, a, c, d) values (1, 2, 3, 4);
