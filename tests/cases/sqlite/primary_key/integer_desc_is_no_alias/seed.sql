insert into t (rowid, id, a) values (5, 50, '1'), (6, 60, '2');
