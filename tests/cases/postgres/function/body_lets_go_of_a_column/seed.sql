insert into t values ('2026-01-01', '2026-02-02');
