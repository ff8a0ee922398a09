create table p (c int default 2);
create table k () inherits (p);
alter table k alter c set default 9
