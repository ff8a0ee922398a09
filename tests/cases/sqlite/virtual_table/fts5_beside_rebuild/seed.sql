insert into t values (1, '1');
insert into search (rowid, body) values (5, 'the quick brown fox');
