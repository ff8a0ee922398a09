insert into t values (1, row(array[row('X', 'Y')::c1])::c2, array[row(1, row(array[row('X', 'Y')::c1])::c2, array[row('X', 'Y')::c1])::c3], array[row('X', 'Y')::c1]);
