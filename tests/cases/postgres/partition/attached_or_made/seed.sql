insert into t values (0, 'x'), (1, 'y');
insert into p2 values (2, 'z');
