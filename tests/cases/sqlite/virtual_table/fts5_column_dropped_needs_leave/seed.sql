insert into search (rowid, title, body) values (3, 't1', 'b1'), (8, 't2', 'b2');
