insert into p values (1);
insert into c (rowid, a, b, c, d, e) values (4, 1, 1, 1, 1, 1);
