create function sf(s int, v int) returns int language sql immutable as 'select s + v';
create function ff(s int) returns int language sql immutable as 'select s * 2';
create aggregate sum1(int) (sfunc = sf, stype = int, initcond = '0');
create aggregate sum2(x int) (sfunc = sf, stype = int, finalfunc = ff, initcond = '0', combinefunc = int4pl, parallel = safe);
create table a (id int primary key, x int, constraint u unique (x));
create view v as select sum1(x::int) as s, sum2(x::int) as s2 from a;
create function fu() returns bigint begin atomic insert into a values (1, 2) on conflict on constraint u do nothing; select 1::bigint; end;
