insert into t values ('x', 'y', 'a', 'b')
