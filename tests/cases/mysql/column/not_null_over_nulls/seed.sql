insert into t values (null);
