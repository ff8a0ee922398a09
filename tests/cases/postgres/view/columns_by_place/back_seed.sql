insert into t values (5,'a',7);
