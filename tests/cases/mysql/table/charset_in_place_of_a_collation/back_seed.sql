insert into t values (1, 'é', 'é');
