create table m (id int not null, at date not null); create table m_1 (check (at < '2026-01-01')) inherits (m);
