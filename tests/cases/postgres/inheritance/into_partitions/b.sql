create table m (id int not null, at date not null) partition by range (at); create table m_1 partition of m for values from (minvalue) to ('2026-01-01');
