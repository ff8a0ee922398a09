insert into a values (1, 1, null); insert into b values (1, 1); insert into c values (1, 1, 1);
begin; insert into round_two values (1, 1); insert into round_one values (1, 1); commit;
insert into kept values (1); insert into referring values (1, 1);
