create table p (c int default 1);
create table k () inherits (p)
