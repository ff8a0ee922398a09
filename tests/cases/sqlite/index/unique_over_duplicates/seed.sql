insert into t values (1, 'same'), (2, 'SAME'), (3, 'other');
