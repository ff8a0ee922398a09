insert into t values (1), (2);
insert into p values (1, 'x'), (2, 'y');
insert into q values (1, 'a')
