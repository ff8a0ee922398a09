create type e as enum ('a', 'b');
create table t (a text, b text, c text, d char(5));
alter table t alter a set storage external;
alter table t alter b set compression pglz;
alter table t alter c set storage external
