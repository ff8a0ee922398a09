insert into t values ('x', 'Y');
