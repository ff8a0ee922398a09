insert into p values (5); insert into c values (5);
