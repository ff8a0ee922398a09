insert into t values(1,2), (4,null);
