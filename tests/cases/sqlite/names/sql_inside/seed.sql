insert into "t; drop table x; --" values (1, '7');
insert into x values (1);
