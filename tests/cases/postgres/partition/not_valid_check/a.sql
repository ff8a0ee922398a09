create table t (a int not null, x int); alter table t add constraint k check (x > 0) not valid;
