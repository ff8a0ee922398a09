insert into t values (9, 'z'), (25, 'a');
