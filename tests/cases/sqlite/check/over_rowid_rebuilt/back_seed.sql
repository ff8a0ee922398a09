insert into t (rowid, a) values (7, '5');
