insert into t values ('B', 'A');
