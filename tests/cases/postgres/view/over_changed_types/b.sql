create table t (id int not null, a int);
create function f(x int) returns bigint language sql immutable as 'select x + 1::bigint';
create view v1 as select id, f(a) as fa from t;
create view v2 as select id, (fa + 1)::int as g from v1;
create materialized view v3 as select g from v2;
create rule added as on insert to v1 do instead insert into t (id) values (new.fa::int);
create view w1 as select a::bigint as a from t;
create view w2 as select (a + 1)::int as b from w1;
