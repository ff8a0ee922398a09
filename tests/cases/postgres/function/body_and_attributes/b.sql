create function f(a int) returns int language sql immutable strict parallel safe cost 5 set work_mem = '8MB' as $body$select a + 1 -- $$ ;$body$;
