insert into t(x,c) values (1,2)
