insert into t (rowid, a, b) values (5, 1, 2);
