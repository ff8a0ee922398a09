insert into t values ('ä');
