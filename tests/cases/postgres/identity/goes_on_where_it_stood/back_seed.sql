insert into t (a) values (1), (2);
insert into v (a) values (1), (2)
