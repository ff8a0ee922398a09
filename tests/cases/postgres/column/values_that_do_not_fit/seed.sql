insert into t values (1, '2024-01-01', '{1.2.3.4,y}', '10:00');
