insert into one.t values (1); insert into two.t values (2);
