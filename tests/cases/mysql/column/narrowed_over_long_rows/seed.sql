insert into t values ('too long');
