insert into a (x) select 1 from generate_series(1, 50); insert into b (y) values (2);
