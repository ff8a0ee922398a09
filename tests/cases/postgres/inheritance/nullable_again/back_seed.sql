insert into k values (7);
