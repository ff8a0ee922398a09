insert into c values (1, 2);
insert into d values (21, 2)
