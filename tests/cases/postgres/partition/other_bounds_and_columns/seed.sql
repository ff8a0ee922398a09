insert into log values ('2024-02-01', 'in'), ('2023-01-01', 'x');
