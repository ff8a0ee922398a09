insert into a values (1); insert into b values (2, 3); insert into m values (1, 2, 3);
