insert into t values (1, 1), (1000, 2);
delete from t where id = 1000;
insert into other values (77, 'x');
