create table t (a int, b timestamptz default '2020-01-01 00:00:00+00', c text default upper('x'));
