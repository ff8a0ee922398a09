create table t (a text collate "C", b text compression pglz); alter table t alter b set storage external, alter b set statistics 300;
