insert into log values ('2024-02-01', 'in', 1), ('2023-01-01', 'x', 2);
