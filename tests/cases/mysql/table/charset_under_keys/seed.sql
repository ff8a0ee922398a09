insert into p values ('é'); insert into c values (1, 'é', 'ü');
