create table u(id int, n int); create function sq(text) returns int language sql as $$select n from u$$;
