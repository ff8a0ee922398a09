insert into g values (1); insert into gc values (7)
