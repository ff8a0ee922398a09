insert into p values (1);
insert into c (id, pid) values (1, 1);
