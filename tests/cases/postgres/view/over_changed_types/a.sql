create table t (id int not null, a int);
create function f(x int) returns int language sql immutable as 'select x + 1';
create view v1 as select id, f(a) as fa from t;
create view v2 as select id, fa + 1 as g from v1;
create materialized view v3 as select g from v2;
create rule added as on insert to v1 do instead insert into t (id) values (new.fa);
create view w1 as select a from t;
create view w2 as select a + 1 as b from w1;
