insert into t values (1, array[row('a', 'b')::c1], null), (2, array[array[row('a', 'b')::c1]], null), (3, '[0:0]={"(a,b)"}', null), (4, null, array[row(array[array[row('a', 'b')::c1]])::c2]);
