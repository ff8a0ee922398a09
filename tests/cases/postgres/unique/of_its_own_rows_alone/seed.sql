insert into g values (7); insert into gc values (7)
