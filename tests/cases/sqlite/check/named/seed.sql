insert into t (rowid, a) values (6, 4);
