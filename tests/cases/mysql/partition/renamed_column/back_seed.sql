insert into t values ('2019-01-01'), ('2021-01-01');
