insert into t values ('{}', 'x', 1);
