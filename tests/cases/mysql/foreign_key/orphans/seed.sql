insert into t values (9);
