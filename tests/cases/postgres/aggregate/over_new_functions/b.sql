create function sf(s bigint, v int) returns bigint language sql immutable as 'select s + v';
create function ff(s bigint) returns bigint language sql immutable as 'select s * 2';
create aggregate sum1(int) (sfunc = sf, stype = bigint, initcond = '0');
create aggregate sum2(x int) (sfunc = sf, stype = bigint, finalfunc = ff, initcond = '0', combinefunc = int8pl, parallel = safe);
create table a (id int primary key, x bigint, constraint u unique (x) include (id));
create view v as select sum1(x::int) as s, sum2(x::int) as s2 from a;
create function fu() returns bigint begin atomic insert into a values (1, 2) on conflict on constraint u do nothing; select 1::bigint; end;
