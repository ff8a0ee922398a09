insert into t(x) values (1),(2),(3)
