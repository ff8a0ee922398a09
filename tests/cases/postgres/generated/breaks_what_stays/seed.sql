insert into t (a) values (1), (2);
insert into u values (2)
