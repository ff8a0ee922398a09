insert into t (rowid, a, b) values (3, 'a', 'b');
