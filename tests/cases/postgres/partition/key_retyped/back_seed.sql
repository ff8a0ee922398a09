insert into item values (1, 'x', '2026-01-01'), (2, 'y', null); insert into u values (2);
