insert into t values ('ä', 'x');
