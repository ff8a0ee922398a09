insert into employee values (1, null, 1), (2, 1, 2);
