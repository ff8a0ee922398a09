create table p (id int not null, d date not null, v text, constraint c1 check (id > 0), constraint c2 check (id < 100), primary key (id, d)) partition by range (d);
create table p1 partition of p for values from ('2024-01-01') to ('2025-01-01'); create table p2 partition of p for values from ('2025-01-01') to ('2026-01-01');
create table r (id int, d date, constraint r_p foreign key (id, d) references p);
