insert into p values (1);
insert into c (rowid, a) values (4, 1);
