insert into z values (1, 2, 3); insert into w values (1, 2);
