insert into t (id, a, b, own) values (1, 'a', 'b', 2); insert into s values (3, 'a');
