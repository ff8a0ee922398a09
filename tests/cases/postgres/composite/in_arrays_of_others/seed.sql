insert into t values (1, row(array[row('X', 'Y, "')::c1, null])::c2, array[row(1, row(array[row('X', 'Y')::c1])::c2, array[row('X', 'Y')::c1])::c3], array[row('X', 'Y')::c1]);
insert into t values (2, null, null, null);
