insert into t values ('A', 'B', 'C');
