insert into t values (1, 'a', 'b');
insert into log values ('kept');
