create table t (id integer primary key, a integer, v integer as (a * 3) stored, w text as (a || '?') virtual);
