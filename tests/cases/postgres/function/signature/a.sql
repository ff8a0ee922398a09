create function f(a int) returns int language sql as 'select 1'; create function g(a int) returns text language sql as $$select 'x'$$;
