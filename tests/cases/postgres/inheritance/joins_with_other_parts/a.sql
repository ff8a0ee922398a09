create table q (m int);
create table c (m int, y int constraint own check (y > 0))
