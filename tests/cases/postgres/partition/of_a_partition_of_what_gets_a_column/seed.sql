insert into g values (1)
