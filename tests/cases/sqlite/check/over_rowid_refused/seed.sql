insert into t (rowid, a) values (1, 5), (2, 6);
