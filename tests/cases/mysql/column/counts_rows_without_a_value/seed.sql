insert into q(a) values (1),(2),(3);
