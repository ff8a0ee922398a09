insert into t values ('p', 'q');
