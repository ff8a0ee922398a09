insert into p values (1);
insert into c (rowid, a, b, d) values (3, 1, 1, 1);
