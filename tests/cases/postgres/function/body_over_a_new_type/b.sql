create table u(id uuid); create function fn(uuid) returns uuid language sql as $$select id from u where id = $1$$;
