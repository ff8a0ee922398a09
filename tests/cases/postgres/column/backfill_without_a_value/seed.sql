insert into t values (null, null), (1, null)
