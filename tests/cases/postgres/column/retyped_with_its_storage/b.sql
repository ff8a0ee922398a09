create type e as enum ('a', 'b');
create table t (a varchar(10), b varchar, c e, d e);
alter table t alter a set storage external;
alter table t alter b set compression pglz
