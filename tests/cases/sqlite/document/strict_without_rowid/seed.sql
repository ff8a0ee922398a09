insert into setting values ('a', '1');
