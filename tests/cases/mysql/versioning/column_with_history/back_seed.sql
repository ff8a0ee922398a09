insert into t values (1, 'x'); update t set b = 'y';
