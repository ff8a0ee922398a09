create table t (a int); alter table t add constraint v unique (a); alter table t add constraint v2 unique (a);
