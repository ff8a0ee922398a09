insert into t(c) values (1),(2)
