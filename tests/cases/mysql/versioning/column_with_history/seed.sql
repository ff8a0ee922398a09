insert into t values (1, 1, 'x'); update t set a = null;
