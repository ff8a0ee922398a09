insert into t values (1, 1); alter table t drop constraint k; insert into t values (1, -5); alter table t add constraint k check (x > 0) not valid;
