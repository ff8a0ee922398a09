insert into p values (2),(3); insert into t(c) values (1),(2)
