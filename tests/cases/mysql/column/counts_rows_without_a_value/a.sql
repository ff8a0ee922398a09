create table q(a int, c int null, unique key(c));
