insert into item values (1, '2026-01-01', 'x'), (2, '2027-02-02', null), (3, '2026-02-01', 'z');
