insert into t (id) values (1);
insert into t values (2, '(7,"b, ""q""",2026-01-02)', '{NULL,"(8,,2026-01-03)"}', '("(5,five)",6)', '(3,three)');
insert into t values (3, '(,,)', '{}', '(,)', null);
