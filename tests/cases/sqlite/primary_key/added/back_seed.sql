insert into t values (30, 'c');
