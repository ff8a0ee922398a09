insert into s values ('x'); insert into d values ('x');
