create type c as (a int, b varchar(10), n int, d date);
create table t of c (primary key (a));
create index b on t (b);
create view v as select a, b, n from t;
create view w as select a from t;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger changed before update of n on t for each row when (new.n > 1) execute function f();
