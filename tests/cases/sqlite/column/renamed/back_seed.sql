insert into t values (3, 7, 'm');
