insert into p (k, v) values (1, 'a'), (1, 'b'); insert into c values (1, 1); set constraints all immediate; truncate log; refresh materialized view m;
