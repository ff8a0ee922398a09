insert into t (oid, rowid, a) values (55, 'text', '1');
insert into u values ('a', 'b', 'c', '2');
