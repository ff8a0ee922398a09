insert into search (rowid, title) values (3, 't1'), (8, 't2');
