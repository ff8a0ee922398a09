insert into t values (1, 1), (2, 2); update t set a = 3 where id = 1; delete from t where id = 2;
