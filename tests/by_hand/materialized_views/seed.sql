create type e as enum ('a', 'b');
create table t(s text, n int, e e);
insert into t values ('a', 1, 'a'), ('b', 2, 'a');
