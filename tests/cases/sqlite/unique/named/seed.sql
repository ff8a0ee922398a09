insert into t (rowid, a, b, c) values (9, 'a', 'b', 'c');
