insert into t values (1, x'e9', x'e9e8'), (2, 'abc', null)
