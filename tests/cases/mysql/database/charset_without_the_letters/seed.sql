insert into t values ('ä'), ('ж');
