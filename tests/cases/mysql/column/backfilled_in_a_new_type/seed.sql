insert into t (id, e) values (1, null), (2, 'y');
