insert into t (rowid, a, b) values (100, 'x', '1'), (-7, 'y', '2'), (9223372036854775807, 'z', '3');
