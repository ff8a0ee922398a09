insert into t (k) values (1), (2);
delete from t where k = 2
