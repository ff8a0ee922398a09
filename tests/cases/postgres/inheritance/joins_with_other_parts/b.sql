create table q (m int constraint own check (m > 0));
create table c (m int constraint own check (m > 0), y int);
alter table c inherit q
