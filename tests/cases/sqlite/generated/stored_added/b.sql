create table t (id integer primary key, a integer, twice integer generated always as (a * 2) stored);
