insert into p values ('2025-01-01', 4, 'x', 'too early'), ('2025-01-01', 5, 'x', 'fits'), ('2025-12-31', 1, 'x', 'fits'), ('2026-01-01', 0, 'x', 'too late');
insert into lp values ('North', 1), ('IT''S', 2), (null, 3), ('south', 4);
insert into hp select generate_series(1, 20);
