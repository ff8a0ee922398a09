insert into s values ('x');
