insert into t (rowid, a, d) values (7, 'Mixed', 1);
