insert into t values (1, 'x'), (25, 'precious'), (27, 'q');
