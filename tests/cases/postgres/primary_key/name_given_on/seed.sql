insert into z values (1);
