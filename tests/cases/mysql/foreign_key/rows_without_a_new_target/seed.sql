insert into d values (1, 1); insert into e values (1);
