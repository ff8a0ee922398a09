insert into c values (1, 1.50, 'a'), (2, 2, null); insert into other values (1, 7);
