create type e as enum ('a', 'b');
create table t(id int not null, s e default 'a');
insert into t values (1, 'a'), (2, null);
