insert into p values (1, '2024-02-02', 'x'); insert into r values (1, '2024-02-02');
