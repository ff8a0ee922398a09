insert into t (rowid, id, a) values (1, 100, 'a'), (2, 200, 'b');
