insert into z values (1); insert into b values (2);
