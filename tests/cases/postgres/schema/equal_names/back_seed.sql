insert into one.t values (1, 2); insert into two.t values (2, 'x');
