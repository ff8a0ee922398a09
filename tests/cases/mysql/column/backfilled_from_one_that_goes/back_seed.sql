insert into c values (1, 'a', 150, 7); insert into other values (1, 7);
