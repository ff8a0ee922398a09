create table t (id int not null, at date not null) partition by range (at);
create table t_2025 partition of t for values from ('2025-01-01') to ('2026-01-01') partition by hash (id);
create table t_2025_0 partition of t_2025 for values with (modulus 1, remainder 0);
create table t_2026 partition of t for values from ('2026-01-01') to ('2027-01-01');
