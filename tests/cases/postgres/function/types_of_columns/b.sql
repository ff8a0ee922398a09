create table t(a int); create schema app; create table app.t(a int); create function f() returns int language plpgsql as $$declare r t.a%type; q app.t.a%type; begin return 1; end$$;
