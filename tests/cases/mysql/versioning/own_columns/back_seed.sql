insert into t (id, a) values (1, 1); update t set a = 2;
