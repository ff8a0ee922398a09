insert into t values ('a', row(1), default, 4)
