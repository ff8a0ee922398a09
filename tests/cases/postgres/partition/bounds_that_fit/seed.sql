insert into p values ('2025-01-01', 5, 'x', 'fits'), ('2025-12-31', 1, 'x', 'fits');
insert into lp values ('North', 1), ('IT''S', 2), (null, 3);
insert into hp select n from generate_series(1, 40) n where satisfies_hash_partition('h'::regclass, 2, 0, n);
