insert into t values (9, 'z'), (25, 'a'), (25, 'x'), (26, 'a');
