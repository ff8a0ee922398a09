insert into t values (1, 'x', null);
insert into u values (5, null);
