insert into `u``u` values (1); insert into `odd ``name``` values (1, 1, 1);
