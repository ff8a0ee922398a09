insert into t (rowid, a, b) values (6, 4, 'x');
