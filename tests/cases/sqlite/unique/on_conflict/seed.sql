insert into t (rowid, a, b) values (2, 'a', 'b');
