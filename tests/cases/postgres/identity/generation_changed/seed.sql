insert into t (a) overriding system value values (7);
