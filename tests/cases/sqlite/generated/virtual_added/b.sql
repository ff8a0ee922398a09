create table t (id integer primary key, a integer, twice integer as (a * 2));
create index t_twice on t (twice);
