insert into one values (1);
insert into two values (1);
insert into child values (5, 1);
