insert into t values ('sad');
