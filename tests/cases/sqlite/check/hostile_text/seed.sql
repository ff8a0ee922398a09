insert into t (rowid, a) values (5, 'fine');
