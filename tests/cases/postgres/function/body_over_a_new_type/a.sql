create table u(id bigint); create function fn(bigint) returns bigint language sql as $$select id from u where id = $1$$;
