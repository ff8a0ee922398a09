insert into t(a) values (1)
