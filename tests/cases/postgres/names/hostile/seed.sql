insert into "select" values (1);
