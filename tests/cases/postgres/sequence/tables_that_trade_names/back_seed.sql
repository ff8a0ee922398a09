insert into b (x) select 1 from generate_series(1, 50); insert into a (y) values (2);
