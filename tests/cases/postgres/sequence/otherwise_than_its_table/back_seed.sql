insert into u values (1); insert into l values (2);
