insert into t values (41, 'x');
delete from t;
