create table t(a int, b int, c int, d int, check (a in (b,c,d)), check (a not in (b, c, d+1)), check ((a,b,c) is distinct from (b,c,d)), check ((a,b,c) is not distinct from (b,c,d)));
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update on t for each row when ((old.a, old.b, old.c) is distinct from (new.a, new.b, new.c)) execute function f();
create view v as select * from t where a in (b, c, d) and (a, b, c) is distinct from (b, c, d);
