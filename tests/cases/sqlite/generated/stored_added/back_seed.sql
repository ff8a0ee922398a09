insert into t (id, a) values (4, 6);
